"""A real S3-compatible store for tests: Debian's OpenStack Swift with its s3api, on loopback."""

import getpass
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import boto3

REGION = "nl-test"
PROGRAM = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
user = {user}
workers = 0
log_facility = LOG_LOCAL0
log_address = {folder}/no-log
"""
STORAGE = "[pipeline:main]\npipeline = {kind}-server\n[app:{kind}-server]\nuse = egg:swift#{kind}\n"
PROXY = """
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats cache s3api tempauth copy slo dlo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:tempauth]
use = egg:swift#tempauth
user_site_files = geheim .admin
[filter:s3api]
use = egg:swift#s3api
location = {region}
""" + "".join(
    f"[filter:{name}]\nuse = egg:swift#{name}\n"
    for name in ("catch_errors", "gatekeeper", "listing_formats", "copy", "slo", "dlo", "versioned_writes")
)  # fmt: skip

# Run by Debian's Python, where Swift is: where the one copy of everything lies.
RINGS = """
import sys
from swift.common.ring import RingBuilder
folder, _, *ports = sys.argv[1:]
for kind, port in zip(("account", "container", "object"), ports):
    builder = RingBuilder(part_power=1, replicas=1, min_part_hours=0)
    place = {"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "disk", "weight": 1}
    builder.add_dev(place | {"replication_ip": "127.0.0.1", "replication_port": int(port)})
    builder.rebalance()
    builder.get_ring().save(f"{folder}/{kind}.ring.gz")
"""


class Swift:
    """`with Swift() as store:` starts it; make_bucket() gives the name of an empty one."""

    key, secret, region = "site:files", "geheim", REGION

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="swift-"))
        self.ports = dict(
            zip(("proxy", "account", "container", "object"), free_ports(4), strict=True)
        )
        self.url = f"http://127.0.0.1:{self.ports['proxy']}"
        self.processes, self.buckets = [], 0

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def start(self):
        for kind, port in self.ports.items():
            (self.folder / "devices" / "disk").mkdir(parents=True, exist_ok=True)
            program = PROGRAM.format(port=port, folder=self.folder, user=getpass.getuser())
            rest = (PROXY if kind == "proxy" else STORAGE).format(kind=kind, region=self.region)
            (self.folder / f"{kind}.conf").write_text(program + rest)
        subprocess.run(
            ["/usr/bin/python3", "-c", RINGS, str(self.folder), *map(str, self.ports.values())],
            check=True,
        )
        for kind in self.ports:
            with (self.folder / "log").open("a") as log:
                self.processes.append(subprocess.Popen(
                    [f"/usr/bin/swift-{kind}-server", str(self.folder / f"{kind}.conf"), "-v"],
                    stdout=log, stderr=log,
                ))  # fmt: skip
        for port in self.ports.values():
            self.wait_for(port)

    def wait_for(self, port):
        for _ in range(2400):
            with socket.socket() as trial:
                if not trial.connect_ex(("127.0.0.1", port)):
                    return
            assert all(p.poll() is None for p in self.processes), (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def client(self):
        return boto3.client(
            "s3", endpoint_url=self.url, region_name=self.region,
            aws_access_key_id=self.key, aws_secret_access_key=self.secret,
        )  # fmt: skip

    def make_bucket(self):
        self.buckets += 1
        name = f"kennispunt-{self.buckets}"
        self.client().create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": self.region}
        )
        return name

    def __exit__(self, *error):
        self.stop()

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
