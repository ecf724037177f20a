export const dashboard = {
  title: "Curve",
};
