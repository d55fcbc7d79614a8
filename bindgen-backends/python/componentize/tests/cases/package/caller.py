import importlib
import importlib.metadata
import importlib.resources
import importlib.util
import pkgutil
import sys

import greeting
from wit_world import exports


class Run(exports.Run):
    def run(self) -> None:
        print(greeting.hello(), greeting.SPEED)
        print(pkgutil.get_data("greeting", "data/words.txt"))
        words = importlib.resources.files(greeting) / "data" / "words.txt"
        print(words.is_file(), words.read_text(encoding="utf-8").split())
        print(sorted(entry.name for entry in importlib.resources.files("greeting").iterdir()))
        print(importlib.metadata.version("greeting"), importlib.metadata.metadata("Greeting")["Summary"])
        print([point.value for point in importlib.metadata.entry_points(group="console_scripts")])
        print([module.name for module in pkgutil.iter_modules(greeting.__path__)])
        # Imported when the app runs.
        from spaces.part import PART

        print(PART, importlib.util.find_spec("unused"), "spaces.part" in sys.modules)
        try:
            importlib.import_module("greeting.fast")
        except ImportError as error:
            print(error.name)
        try:
            pkgutil.get_data("greeting", "data/none.txt")
        except OSError as error:
            print(error)
