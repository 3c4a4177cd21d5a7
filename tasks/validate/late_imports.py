"""Modules that are imported when they are used first, though others import them at once."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec


def import_late(name: str) -> None:
    """Puts a module where `from PACKAGE import MODULE` finds it; it is loaded by its first use.

    What stands in `import PACKAGE.MODULE` instead loads it, and so does any use of it: whoever
    needs it never sees a difference.

    Args:
        name: of a module in a package, with dots.

    Raises:
        ModuleNotFoundError: there is no such module.
    """
    if name in sys.modules:
        return
    package, _, own_name = name.rpartition(".")
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    setattr(sys.modules[package], own_name, module)
