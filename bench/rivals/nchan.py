"""nginx with nchan: a broker in C that sends one published message to all subscribers."""

import shutil
from pathlib import Path
from typing import Final

MODULE: Final = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
_CONFIG: Final = """
load_module {module};
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=2048;
    location /publish {{ nchan_publisher; nchan_channel_id usage; }}
    location /events {{ nchan_subscriber eventsource; nchan_channel_id usage; }}
  }}
}}
"""


def is_available() -> bool:
    """Return whether nginx and its module are installed."""
    return MODULE.exists() and shutil.which("nginx") is not None


def command(folder: Path, port: int) -> list[str]:
    """Return the command that serves at a port."""
    file = folder / "nginx.conf"
    file.write_text(_CONFIG.format(module=MODULE, folder=folder, port=port))
    return [shutil.which("nginx") or "nginx", "-c", str(file), "-e", str(folder / "error.log")]
