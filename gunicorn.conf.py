"""How gunicorn serves us, here and on a server; command-line options win."""

from pathlib import Path

accesslog = None  # our own line for each request: kennispunt/ui/logs.py
# A heartbeat file on a real disk can block a worker for long. Only Linux has this folder.
MEMORY = Path("/dev/shm")  # noqa: S108 - only a heartbeat lies there
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None
control_socket_disable = True
max_requests = 20_000
max_requests_jitter = 2_000
