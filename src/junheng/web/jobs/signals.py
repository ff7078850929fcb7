"""What others may listen to: they hear of it in the transaction that ends the job."""

from django.dispatch import Signal

source_read = (
    Signal()
)  # job: a reading, path: the figures it read; answers what is to be said, or raises UserError
finding_made = Signal()  # job: an evaluation, with the finding it made
