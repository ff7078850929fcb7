"""Two sources side by side: what registers and exports say beside the return, and what was decided."""
