import { DRAWINGS } from "../icons/drawings";
import { Heart } from "../icons/Heart";
import { Icon, ICON_NAMES } from "../icons/Icon";
import { ObjectTile } from "../icons/ObjectIcon";
import { Scene, SCENE_NAMES } from "../icons/Scene";
import { Sample } from "./Sample";

const MODES = [
  { theme: "light", contrast: "normal" },
  { theme: "dark", contrast: "normal" },
  { theme: "light", contrast: "more" },
] as const;

/** Every drawing: kinds of things in the three palettes, scenes, signs. */
export function DrawingSamples() {
  return (
    <>
      <Sample name="ObjectTile">
        {MODES.map((mode) => (
          <div
            key={mode.theme + mode.contrast}
            className="mode mb-3 flex flex-wrap gap-2 rounded-lg p-4"
            data-theme={mode.theme}
            data-contrast={mode.contrast}
          >
            {DRAWINGS.map((kind) => (
              <ObjectTile key={kind} name={kind} />
            ))}
          </div>
        ))}
      </Sample>
      <Sample name="Scene · Heart · Icon">
        <div className="flex flex-wrap items-end gap-8 text-brand">
          {SCENE_NAMES.map((scene) => (
            <Scene key={scene} name={scene} className="h-32 w-auto" />
          ))}
          <Heart className="size-24" />
        </div>
        <div className="mt-6 flex flex-wrap gap-4">
          {ICON_NAMES.map((name) => (
            <Icon key={name} name={name} className="size-7" />
          ))}
        </div>
      </Sample>
    </>
  );
}
