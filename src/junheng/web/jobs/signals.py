"""What others may listen to: they hear of it in the transaction that ends the job."""

from django.dispatch import Signal

finding_made = Signal()  # job: an evaluation, with the finding it made
