"""Makes a process that imports this the template of workers; see `tasks.stage.template`."""

from tasks.stage.workers import start_template

start_template()
