"""As `tasks.stage.loaded`, for so many pages that their workers are replaced."""

import gc

gc.set_threshold(200_000, 50, 100)

from tasks.stage.workers import start_template

start_template(for_many=True)
