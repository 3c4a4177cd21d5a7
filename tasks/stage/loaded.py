"""Makes a process that imports this the template of workers; see `tasks.stage.template`."""

import gc

# As the command line does: nearly all that imports make stays. It is set anew when all is loaded.
gc.set_threshold(200_000, 50, 100)

from tasks.stage.workers import start_template

start_template()
