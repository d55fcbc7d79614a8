"""`python`, as far as a component that is a command has it."""

import sys

import __main__


def run(arguments):
    """Runs what the arguments say: the exit code."""
    try:
        execute(arguments)
        return 0
    except SystemExit as end:
        return exit_code(end.code)
    except BaseException as error:
        # Without the frames of this file.
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename == __file__:
            frames = frames.tb_next
        sys.excepthook(type(error), error.with_traceback(frames), frames)
        return 1


def execute(arguments):
    match arguments:
        case ["-c", source, *rest]:
            sys.argv = ["-c", *rest]
            exec(compile(source, "<string>", "exec"), __main__.__dict__)
        case ["-m", name, *rest]:
            import runpy

            sys.argv = ["-m", *rest]
            runpy._run_module_as_main(name)
        case [file, *rest]:
            sys.argv = [file, *rest]
            sys.path.insert(0, file.rpartition("/")[0] or ".")
            with open(file, "rb") as opened:
                source = opened.read()
            __main__.__file__ = file
            exec(compile(source, file, "exec"), __main__.__dict__)
        case _:
            sys.exit("error: there is no prompt: give a file, `-c CODE` or `-m MODULE`")


def exit_code(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1
