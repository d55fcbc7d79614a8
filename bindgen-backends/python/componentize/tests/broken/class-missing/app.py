from wit_world import exports
