/** Passing messages. Their component loads after the shell. */

async function say(kind: "success" | "error" | "message", text: string): Promise<void> {
  const { toast } = await import("sonner");
  toast[kind](text);
}

export const toast = {
  success: (text: string) => void say("success", text),
  error: (text: string) => void say("error", text),
  message: (text: string) => void say("message", text),
};
