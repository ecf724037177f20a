import type { crash as english } from "../en/crash";

export const crash: typeof english = {
  about:
    "反馈问题时，可将诊断报告粘贴到 issue 中：包含版本、状态和最近的错误，不含 Cookie、密钥、用户名和地址。",
  copy: "复制诊断报告",
  copied: "已复制",
  notCopied: "复制失败，请改用命令",
  orRun: "也可以在服务器上生成文件：",
  copyCommand: "复制命令",
};
