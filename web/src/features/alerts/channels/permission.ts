/** The browser's permission to show notifications. */

export type Permission = NotificationPermission | "unsupported";

export function permission(): Permission {
  return "Notification" in globalThis ? Notification.permission : "unsupported";
}

/** Ask the user; browsers allow it only during a click. */
export async function askPermission(): Promise<Permission> {
  if (permission() !== "default") return permission();
  return Notification.requestPermission();
}
