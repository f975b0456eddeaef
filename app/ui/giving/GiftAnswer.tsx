import type { ComponentProps } from "react";
import { GiftPhotos } from "./GiftPhotos";
import { GiftWords } from "./GiftWords";

type Answer = Readonly<{
  photos?: ComponentProps<typeof GiftPhotos>["fileIds"];
  words: ComponentProps<typeof GiftWords>["words"];
}>;

/** What came back of a gift: what its recipients said, and the photos that were passed. */
export function GiftAnswer({ words, photos = [] }: Answer) {
  if (words.length + photos.length === 0) return null;
  return (
    <div className="mb-4">
      <GiftWords words={words} />
      {photos.length > 0 ? <GiftPhotos fileIds={photos} /> : null}
    </div>
  );
}
