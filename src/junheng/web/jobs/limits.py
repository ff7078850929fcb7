"""No upload above the site's limit reaches the disk: it is dropped while it arrives,
and the form says so."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from junheng.web.jobs.unpack import MAX_UPLOAD_BYTES

MARK = "junheng.too_large"  # in request.META: the name of the file that was dropped


class LimitHandler(FileUploadHandler):
    """Counts the bytes of a request's files as they come; stands before Django's own handlers."""

    limit = MAX_UPLOAD_BYTES
    _seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on, or stop the upload."""
        self._seen += len(raw_data)
        if self._seen > self.limit:
            if self.request is not None:
                self.request.META[MARK] = self.file_name or "?"
            raise StopUpload(
                connection_reset=False
            )  # the rest is read and dropped, so that the browser hears of it
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """The next handler keeps the file."""
        return None
