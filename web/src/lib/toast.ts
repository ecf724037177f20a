/** Passing messages. What shows them loads after the shell; nobody waits for it. */

async function say(kind: "success" | "error" | "message", text: string): Promise<void> {
  const { toast } = await import("sonner");
  toast[kind](text);
}

export const toast = {
  success: (text: string) => void say("success", text),
  error: (text: string) => void say("error", text),
  message: (text: string) => void say("message", text),
};
