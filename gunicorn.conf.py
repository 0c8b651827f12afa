"""How gunicorn serves us, here and on a server; command-line options win."""

accesslog = "-"
# No addresses of visitors, no query strings, no referrers: only what was asked and how it went.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
# A heartbeat file on a real disk can block a worker for long.
worker_tmp_dir = "/dev/shm"  # noqa: S108
control_socket_disable = True
max_requests = 20_000
max_requests_jitter = 2_000
