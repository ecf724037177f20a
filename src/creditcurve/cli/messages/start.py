"""Texts of errors at the start."""

from typing import Final

from creditcurve.cli.messages.text import Text
from creditcurve.domain.coded_error import CodedError

START: Final = {
    "access_key_not_ascii": Text(
        "The access key contains a character that not every client can send. "
        "Generate one: openssl rand -hex 16",
        "访问密钥包含部分客户端无法发送的字符。请生成新的密钥：openssl rand -hex 16",
    ),
    "access_key_short": Text(
        "The access key has fewer than {least} characters. Generate one: openssl rand -hex 16",
        "访问密钥不足 {least} 个字符。请生成新的密钥：openssl rand -hex 16",
    ),
    "address_not_ours": Text(
        "{host} is not an address of this machine: use --host 127.0.0.1.",
        "{host} 不是本机地址：请使用 --host 127.0.0.1。",
    ),
    "base_path": Text(
        "The base path {path} is not a path like /curve: set CREDITCURVE_BASE_PATH=/curve.",
        "基础路径 {path} 不是形如 /curve 的路径：请设置 CREDITCURVE_BASE_PATH=/curve。",
    ),
    "ca_file_malformed": Text(
        "CREDITCURVE_CA_FILE: {file} contains no certificate in PEM form "
        "(-----BEGIN CERTIFICATE-----): export it again as PEM (Base64).",
        "CREDITCURVE_CA_FILE：{file} 中没有 PEM 格式的证书（-----BEGIN CERTIFICATE-----）："
        "请重新导出为 PEM（Base64）格式。",
    ),
    "ca_file_unreadable": Text(
        "CREDITCURVE_CA_FILE: {file} cannot be read ({reason}).",
        "CREDITCURVE_CA_FILE：无法读取 {file}（{reason}）。",
    ),
    "choice": Text(
        "{variable} is {value}: use one of {choices}.",
        "{variable} 的值为 {value}：可用的值为 {choices}。",
    ),
    "data_folder_create": Text(
        "The data folder {folder} cannot be created ({reason}): "
        "set CREDITCURVE_DATA_DIR=DIR to a folder that this account can write to.",
        "无法创建数据目录 {folder}（{reason}）："
        "请设置 CREDITCURVE_DATA_DIR=目录，指向当前账户可写的目录。",
    ),
    "data_folder_fault": Text(
        "The data folder {folder} cannot be written ({reason}): "
        "set CREDITCURVE_DATA_DIR=DIR to another folder.",
        "数据目录 {folder} 不可写（{reason}）：请设置 CREDITCURVE_DATA_DIR=目录，使用其他目录。",
    ),
    "data_folder_not_a_folder": Text(
        "The data folder {folder} is a file: set CREDITCURVE_DATA_DIR=DIR to a folder.",
        "数据目录 {folder} 是一个文件：请设置 CREDITCURVE_DATA_DIR=目录。",
    ),
    "data_folder_of_another_account": Text(
        "The data folder {folder} belongs to another account ({uid}): {command}",
        "数据目录 {folder} 属于另一个账户（{uid}）：{command}",
    ),
    "data_folder_open_to_others": Text(
        "Other accounts can write to the data folder {folder}, and it contains files of other "
        "programs: set CREDITCURVE_DATA_DIR={folder}/creditcurve.",
        "其他账户可以写入数据目录 {folder}，且其中有其他程序的文件："
        "请设置 CREDITCURVE_DATA_DIR={folder}/creditcurve。",
    ),
    "data_folder_unwritable": Text(
        "The data folder {folder} cannot be written ({reason}): {command}, "
        "or set CREDITCURVE_DATA_DIR=DIR to another folder.",
        "数据目录 {folder} 不可写（{reason}）：{command}，或设置 CREDITCURVE_DATA_DIR=目录。",
    ),
    "data_folder_with_foreign_files": Text(
        "The data folder {folder} contains a file of another account ({file}): "
        "set CREDITCURVE_DATA_DIR=DIR to a folder of its own.",
        "数据目录 {folder} 中有另一个账户的文件（{file}）："
        "请设置 CREDITCURVE_DATA_DIR=目录，使用单独的目录。",
    ),
    "host_malformed": Text(
        "{host} is not a host name: use a name like curve.example.org.",
        "{host} 不是主机名：请使用形如 curve.example.org 的名称。",
    ),
    "host_wildcard": Text(
        "The allowed host {host} is a wildcard: list each name in CREDITCURVE_ALLOWED_HOSTS.",
        "允许的主机名 {host} 是通配符：请在 CREDITCURVE_ALLOWED_HOSTS 中逐个列出名称。",
    ),
    "host_with_path": Text(
        "The allowed host {host} contains a path: use the name only, "
        "and CREDITCURVE_BASE_PATH for the path.",
        "允许的主机名 {host} 包含路径：这里只写名称，路径请用 CREDITCURVE_BASE_PATH 设置。",
    ),
    "key_file_encoding": Text(
        "The key file {file} is not plain text (it begins with a byte order mark, or is UTF-16): "
        "save it as UTF-8 without BOM.",
        "密钥文件 {file} 不是纯文本（带 BOM 或为 UTF-16）：请另存为无 BOM 的 UTF-8。",
    ),
    "key_file_of_another_account": Text(
        "The key file {file} belongs to another account: sudo chown $(id -u) {file}",
        "密钥文件 {file} 属于另一个账户：sudo chown $(id -u) {file}",
    ),
    "key_file_unwritable": Text(
        "The key file {file} cannot be created ({reason}): "
        "set CREDITCURVE_SECRET_KEY to a key of your own (openssl rand -hex 32).",
        "无法创建密钥文件 {file}（{reason}）："
        "请把 CREDITCURVE_SECRET_KEY 设为自己的密钥（openssl rand -hex 32）。",
    ),
    "no_home_for_data": Text(
        "This account has no home folder: set CREDITCURVE_DATA_DIR=DIR.",
        "当前账户没有主目录：请设置 CREDITCURVE_DATA_DIR=目录。",
    ),
    "no_home_for_key": Text(
        "This account has no home folder for a key file: "
        "set CREDITCURVE_SECRET_KEY to a key of your own (openssl rand -hex 32).",
        "当前账户没有主目录，无法存放密钥文件："
        "请把 CREDITCURVE_SECRET_KEY 设为自己的密钥（openssl rand -hex 32）。",
    ),
    "no_home_for_path": Text(
        "{path} begins with ~, and this account has no home folder: use an absolute path.",
        "{path} 以 ~ 开头，但当前账户没有主目录：请使用绝对路径。",
    ),
    "port": Text(
        "The port {port} does not exist: use a number from 0 to 65535.",
        "端口 {port} 不存在：请使用 0 到 65535 之间的数字。",
    ),
    "port_needs_rights": Text(
        "Port {port} needs more rights: use a port from 1024 on, like --port 8080.",
        "端口 {port} 需要更高权限：请使用 1024 及以上的端口，例如 --port 8080。",
    ),
    "port_taken": Text(
        "Cannot listen on {host}:{port} ({reason}): choose another port with --port.",
        "无法监听 {host}:{port}（{reason}）：请用 --port 换一个端口。",
    ),
    "proxy_malformed": Text(
        "The proxy {address} is not supported: use an address that begins with one of {schemes}, "
        "like CREDITCURVE_PROXY=socks5://127.0.0.1:1080.",
        "不支持代理 {address}：可用的协议为 {schemes}，"
        "例如 CREDITCURVE_PROXY=socks5://127.0.0.1:1080。",
    ),
    "proxy_without_scheme": Text(
        "The proxy {address} has no scheme: set CREDITCURVE_PROXY=http://{address}, "
        "or socks5://{address} for a SOCKS proxy.",
        "代理 {address} 缺少协议：请设置 CREDITCURVE_PROXY=http://{address}，"
        "SOCKS 代理请用 socks5://{address}。",
    ),
    "public_without_key": Text(
        "{host} can be reached from other machines: set CREDITCURVE_ACCESS_KEY "
        "(or CREDITCURVE_ACCESS_KEY_FILE; openssl rand -hex 16 generates a key), "
        "or use --host 127.0.0.1.",
        "其他机器可以访问 {host}：请设置 CREDITCURVE_ACCESS_KEY（或 "
        "CREDITCURVE_ACCESS_KEY_FILE；可用 openssl rand -hex 16 生成），或使用 --host 127.0.0.1。",
    ),
    "secret_empty": Text("{variable}: {file} is empty.", "{variable}：{file} 是空文件。"),
    "secret_encoding": Text(
        "{variable}: {file} is not plain UTF-8 text (Windows often writes UTF-16 or a byte order "
        "mark): save it as UTF-8 without BOM.",
        "{variable}：{file} 不是无 BOM 的 UTF-8 文本（Windows 常写成 UTF-16 或带 BOM）："
        "请另存为无 BOM 的 UTF-8。",
    ),
    "secret_not_printable": Text(
        "{variable} contains a control character: choose another key.",
        "{variable} 包含控制字符：请更换密钥。",
    ),
    "secret_of_another_account": Text(
        "{variable}: {file} belongs to another account: sudo chown $(id -u) {file}",
        "{variable}：{file} 属于另一个账户：sudo chown $(id -u) {file}",
    ),
    "secret_twice": Text(
        "{variable} and {variable}_FILE are both set: remove one of them.",
        "同时设置了 {variable} 和 {variable}_FILE：请只保留一个。",
    ),
    "secret_unreadable": Text(
        "{variable}: {file} cannot be read ({reason}).",
        "{variable}：无法读取 {file}（{reason}）。",
    ),
    "trusted_proxy": Text(
        "The trusted proxy {proxy} is not an IP address or network: "
        "use an address like 172.17.0.1 or 10.0.0.0/8.",
        "受信任的代理 {proxy} 不是 IP 地址或网段：请使用形如 172.17.0.1 或 10.0.0.0/8 的地址。",
    ),
    "trusted_proxy_all": Text(
        "The trusted proxy {proxy} would trust every address: use the proxy's own address.",
        "受信任的代理 {proxy} 包含所有地址：请使用代理自己的地址。",
    ),
    "upstream_malformed": Text(
        "The site's address {address} is not an address like {example}.",
        "站点地址 {address} 应形如 {example}。",
    ),
    "upstream_not_https": Text(
        "The site's address must begin with https: plain http would expose the cookie.",
        "站点地址必须以 https 开头：明文 http 会泄露 Cookie。",
    ),
}


def start_text(error: CodedError) -> Text:
    """Return the text of an error at the start."""
    en, zh = START[error.code]
    return Text(en.format(**error.values), zh.format(**error.values))
