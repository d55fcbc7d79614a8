from wit_world.imports import host

host.ask()
