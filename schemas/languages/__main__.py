"""Checks the language files and writes the compiled tables: `python -m schemas.languages`."""

import sys

from schemas.languages.compiling import write_compiled
from schemas.languages.sources import LanguageError

if __name__ == "__main__":
    try:
        write_compiled()
    except LanguageError as error:
        sys.exit(str(error))
