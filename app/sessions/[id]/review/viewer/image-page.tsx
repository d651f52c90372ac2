import { tellPainted } from '../state/use-armed.ts';
import type { Rotation, Size } from './geometry.ts';

interface Props {
  url: string;
  pageNum: number;
  rotation: Rotation;
  onSize: (pageNum: number, size: Size) => void;
  onMissing: () => void;
}

/** A picture that fills its page, turned about its middle. */
export function Picture({ url, pageNum, rotation, onSize, onMissing }: Props) {
  const isTurned = rotation % 180 !== 0;
  return (
    <span className="absolute inset-0 overflow-hidden" style={{ containerType: 'size' }}>
      <img
        src={url}
        alt=""
        draggable={false}
        decoding="async"
        className="absolute top-1/2 left-1/2 max-w-none"
        style={{
          width: isTurned ? '100cqh' : '100cqw',
          height: isTurned ? '100cqw' : '100cqh',
          transform: `translate(-50%, -50%) rotate(${rotation}deg)`,
        }}
        onError={onMissing}
        onLoad={({ currentTarget }) => {
          const { naturalWidth: width, naturalHeight: height } = currentTarget;
          tellPainted(currentTarget);
          if (width > 0 && height > 0) onSize(pageNum, { width, height });
        }}
      />
    </span>
  );
}
