/** Images the style asks for by name: hatches `hatch:<pattern>:<colour>`, verdict shapes `mark:<status>:<colour>`. */
import type { Map as MapLibre } from "maplibre-gl";
import { VERDICTS } from "@/theme/verdict";
import type { StatusName } from "@/state/address";

const RATIO = 2;

/** Make images as the map asks for them. Returns the undo. */
export function provideImages(map: MapLibre): () => void {
  map.setMissingStyleImageResolver((id) => {
    if (map.hasImage(id)) return;
    const [sort = "", name = "", ...rest] = id.split(":");
    const colour = rest.join(":");
    const image = sort === "hatch" ? hatch(name, colour) : sort === "mark" ? mark(name, colour) : null;
    if (image) map.addImage(id, image, { pixelRatio: RATIO });
  });
  return () => map.setMissingStyleImageResolver(null);
}

function canvasOf(size: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * RATIO;
  const pen = canvas.getContext("2d");
  pen?.scale(RATIO, RATIO);
  return pen;
}

function pixels(pen: CanvasRenderingContext2D): ImageData {
  return pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
}

/** Draw a tile of a hatch, 8 by 8, that joins at its edges. */
function hatch(pattern: string, colour: string): ImageData | null {
  const pen = canvasOf(8);
  if (!pen) return null;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 0.9;
  const lines = (turned: boolean) => {
    for (const shift of [-8, 0, 8]) {
      pen.beginPath();
      pen.moveTo(shift - 1, turned ? -1 : 9);
      pen.lineTo(shift + 9, turned ? 9 : -1);
      pen.stroke();
    }
  };
  if (pattern === "dots") {
    for (const [x, y] of [[2, 2], [6, 6]] as const) {
      pen.beginPath();
      pen.arc(x, y, 0.9, 0, 2 * Math.PI);
      pen.fill();
    }
  } else if (pattern === "cross") {
    lines(false);
    lines(true);
  } else if (pattern === "horizontal") {
    pen.fillRect(0, 3.5, 8, 1);
  } else if (pattern === "vertical") {
    pen.fillRect(3.5, 0, 1, 8);
  } else if (pattern !== "none") {
    lines(pattern === "back" || pattern === "backward");
  }
  return pixels(pen);
}

/** Draw a verdict's shape with a light edge, 20 by 20. */
function mark(name: string, colour: string): ImageData | null {
  const look = VERDICTS[name as StatusName];
  const pen = look && canvasOf(20);
  if (!pen) return null;
  pen.translate(2, 2);
  const path = new Path2D(look.path);
  pen.lineJoin = "round";
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = look.filled ? 2.5 : 5;
  pen.stroke(path);
  if (look.filled) {
    pen.fillStyle = colour;
    pen.fill(path);
  } else {
    pen.strokeStyle = colour;
    pen.lineWidth = 2.5;
    pen.stroke(path);
  }
  return pixels(pen);
}
