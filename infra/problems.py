"""What may go wrong around the functions: a stable code for machines, a sentence for people."""

import os
import re

SENTENCES: dict[str, tuple[str, str]] = {
    "port_taken": (
        "Port {port} is already used by another program. Choose another one with {option}.",
        "端口 {port} 已被其他程序占用，请用 {option} 换一个端口。",
    ),
    "same_port": (
        "The pages and the composer cannot both listen on port {port}. Choose two with --port and --ui-port.",
        "网页和编排页不能共用端口 {port}，请用 --port 和 --ui-port 分别指定。",
    ),
    "already_up": (
        "Pond is already up at {addresses}, not as asked for here. Run `pond down` first.",
        "池塘已在运行：{addresses}，与这次的选项不同。请先运行 pond down。",
    ),
    "folder_read_only": (
        "The folder {folder} cannot be written to, so nothing could be kept. Free it or set POND_HOME to another one.",
        "文件夹 {folder} 无法写入，数据无处保存。请放开权限，或把 POND_HOME 设为别的文件夹。",
    ),
    "part_did_not_start": (
        "{part} did not start. Its own words are in {log}: {words}",
        "{part} 没有启动。详情见 {log}：{words}",
    ),
    "part_keeps_dying": (
        "{part} stopped {times} times in a row. Nothing stored is lost; its own words are in {log}: {words}",
        "{part} 连续停止了 {times} 次。已保存的数据没有丢失，详情见 {log}：{words}",
    ),
    "file_not_written": (
        "{file} could not be written: {words}. Nothing was lost; choose another place with {option}.",
        "无法写入 {file}：{words}。数据没有丢失，请用 {option} 换一个位置。",
    ),
    "no_such_key": (
        "There is no key {key} in the secret; leave `key` out to use the current one.",
        "密钥里没有 {key}；不写 key 就用当前的。",
    ),
    "format_unknown": (
        "Codes are written as .pdf, .zip, .csv or .xlsx, not as {ending}.",
        "可以导出 .pdf、.zip、.csv 或 .xlsx，不支持 {ending}。",
    ),
    "invalid": (
        "Nothing was published: the definition has errors, named above.",
        "没有上线：活动定义有错误，见上。",
    ),
    "blocked": (
        "Nothing was published: the check found something that stops publishing, named above with its way out.",
        "没有上线：检查没有通过，原因和改法见上。",
    ),
    "unsigned": (
        "Nothing was published: each warning above needs a change or a named answer, --sign RULE@PATH=REASON.",
        "没有上线：上面的每条提醒，要么改掉，要么用 --sign 规则@位置=理由 确认。",
    ),
    "not_up": (
        "No local cloud is up here. Start one with `pond up`.",
        "本地还没有启动，请先运行 pond up。",
    ),
    "still_starting": (
        "Another `pond up` has been starting for {seconds} seconds. Look at {log}, or run `pond down` and try again.",
        "另一个 pond up 已启动了 {seconds} 秒仍未完成。请查看 {log}，或先运行 pond down 再试。",
    ),
    "package_failed": (
        "The artifact could not be built: {words}",
        "构建部署包失败：{words}",
    ),
    "template_unreadable": (
        "{file} could not be read: {words}",
        "无法读取 {file}：{words}",
    ),
    "bad_parameter": (
        "{text!r} is not NAME=VALUE with a NAME that template.yaml knows.",
        "{text!r} 不是 NAME=VALUE，或 template.yaml 中没有这个参数。",
    ),
    "no_credentials": (
        "No AWS credentials were found. Sign in (`aws sso login`, `aws configure`) or name a --profile.",
        "没有找到 AWS 凭证。请先登录（aws sso login 或 aws configure），或用 --profile 指定配置。",
    ),
    "no_such_profile": (
        "The AWS configuration has no profile {profile}. `aws configure list-profiles` shows those it has.",
        "AWS 配置里没有 {profile} 这个 profile，可用 aws configure list-profiles 查看。",
    ),
    "credentials_refused": (
        "AWS refused the credentials: {words}",
        "AWS 拒绝了凭证：{words}",
    ),
    "not_permitted": (
        "These credentials may not do that: {words}",
        "这个凭证没有这一步的权限：{words}",
    ),
    "no_region": (
        "No AWS region was given. Name one with --region.",
        "没有指定 AWS 区域，请用 --region 指定。",
    ),
    "cloud_unreachable": (
        "The cloud could not be reached: {words}",
        "无法连接云端：{words}",
    ),
    "cloud_refused": (
        "The cloud refused a step of the deployment: {words}",
        "云端拒绝了部署中的一步：{words}",
    ),
    "stack_busy": (
        "Stack {stack} is {status}; wait until it has settled, then deploy again.",
        "堆栈 {stack} 正处于 {status} 状态，请等它结束后再部署。",
    ),
    "stack_never_made": (
        "Stack {stack} failed when it was first made ({status}). Delete it, then deploy again.",
        "堆栈 {stack} 首次创建失败（{status}），请先删除它再部署。",
    ),
    "no_such_stack": (
        "There is no stack {stack} here, or it is not a pond.",
        "这里没有名为 {stack} 的堆栈，或它不是一个池塘。",
    ),
    "change_set_failed": (
        "The change set could not be made: {words}",
        "无法生成变更集：{words}",
    ),
    "deploy_failed": (
        "The deployment failed at {resource} and was rolled back: {words}",
        "部署在 {resource} 处失败并已回滚：{words}",
    ),
    "npm_missing": (
        "npm is missing, so the local table's program could not be fetched. `make run` brings it.",
        "缺少 npm，无法获取本地数据表程序。运行 make run 会自带。",
    ),
    "table_program_missing": (
        "The local table's program could not be fetched: {words}",
        "无法获取本地数据表程序：{words}",
    ),
    "no_chromium": (
        "Chromium was not found and could not be installed: {words}",
        "没有找到 Chromium，也无法安装：{words}",
    ),
}


class Problem(Exception):
    """A failure that a person can act on. `code` is stable; the sentence follows LANG (en, zh)."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(self.sentence(_language()))

    def sentence(self, language: str) -> str:
        """The sentence in `en` or `zh`, with this problem's facts filled in."""
        english, chinese = SENTENCES[self.code]
        return (chinese if language == "zh" else english).format(**self.facts)


class Relayed(Problem):
    """A problem that another `pond` has printed: the same sentence, the same code."""

    def __init__(self, code: str, sentence: str) -> None:
        Exception.__init__(self, sentence)
        self.code, self.facts = code, {}


def printed(problem: Problem) -> str:
    """The one line that a person reads."""
    return f"pond: {problem} [{problem.code}]"


def read_back(line: str) -> Problem | None:
    """The problem that a line of another `pond` tells, if it tells one."""
    if found := re.fullmatch(r"pond: (.*) \[([a-z_]+)\]", line.strip()):
        return Relayed(found[2], found[1])
    return None


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.startswith("zh") else "en"
    return "en"
