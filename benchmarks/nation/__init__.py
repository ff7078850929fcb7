"""One question to a nation's Parquet files, asked in several ways; each way is a program of its own."""
