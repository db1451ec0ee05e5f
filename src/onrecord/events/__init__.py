"""What the kind `event` and `code_pair` share: which words name an event, who takes part in it, where, how many were hurt.

classes      a word                              ->  the classes of words that it belongs to
slots        a verb or noun                      ->  the words that fill its slots
frames       a token and the lexicon's triggers  ->  a Match: the entry, and the words that fill its roles
parties      the words that fill a role          ->  actors of the page
places       an event's words                    ->  where
tolls        an event's words                    ->  how many were killed and injured, and who says so
contexts     an event and its sentence           ->  PLOVER's contexts
sameness     the page's mentions                 ->  which of them speak of one event
"""
