"""As `tasks.stage.loaded`, for so many pages that their workers are replaced."""

from tasks.stage.workers import start_template

start_template(for_many=True)
