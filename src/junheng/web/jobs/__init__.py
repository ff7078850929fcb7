"""后台任务: the library asked in the background – evaluations, reports, verifications, plans – each with
its log and its result."""
