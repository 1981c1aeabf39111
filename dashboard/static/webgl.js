// Tells the board once whether this browser can show the movable map: it needs WebGL and a screen wider than a phone's.
export function tell(api) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  const able = Boolean(context) && !window.matchMedia("(max-width: 700px)").matches;
  if (api.data.able !== able) api.setStateValue("able", able);
}
