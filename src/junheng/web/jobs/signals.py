"""What others may listen to: they hear of it in the transaction that ends the job."""

from django.dispatch import Signal

source_read = (
    Signal()
)  # job: a reading, path: the figures it read; answers what is to be said, or raises UserError
books_wanted = Signal()  # job: offline workbooks to be written, path: where what they say is to be put
report_wanted = (
    Signal()
)  # job: a report to be made, path: where what it prints besides the finding is to be put
finding_made = Signal()  # job: an evaluation, with the finding it made
