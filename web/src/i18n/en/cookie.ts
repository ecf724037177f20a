export const cookie = {
  title: "Cookie",
};
