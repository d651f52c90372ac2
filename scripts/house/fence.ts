import { findsFiles, owners, type Room, rooms } from './rooms.ts';
import { resolveImport } from './resolve.ts';

/** The room of a file: the longest path of the table that the file's begins with; null when it has none. */
export function roomOf(file: string): Room | null {
  return longest.find(({ path }) => file === path || file.startsWith(`${path}/`)) ?? null;
}

const longest = rooms.toSorted((a, b) => b.path.length - a.path.length);
const heights = new Map(rooms.map(({ path }, height) => [path, height]));

/** Why a file may not import this; null when it may, or when the file is not in the house, as tests are not. */
export function importProblem(file: string, specifier: string | null): string | null {
  const room = roomOf(file);
  if (!room) return null;
  if (specifier === null) return findsFiles.includes(file) ? null : 'Name what is imported by a text.';
  const target = resolveImport(file, specifier);
  return 'package' in target ? packageProblem(file, room, target.package) : roomProblem(room, target.file);
}

function roomProblem(room: Room, file: string): string | null {
  const to = roomOf(file);
  if (!to) return `${file} is in no room of scripts/house/rooms.ts, so no code of the product imports it.`;
  if (to === room) return null;
  if ((heights.get(to.path) ?? 0) > (heights.get(room.path) ?? 0))
    return `${room.path} may not import ${to.path}: it comes later in scripts/house/rooms.ts.`;
  if (!room.from || room.from.some((path) => isWithin(to.path, path))) return null;
  return `${room.path} may only import ${room.from.join(', ')}, not ${to.path}.`;
}

function packageProblem(file: string, room: Room, name: string): string | null {
  if (room.packages && !room.packages.includes(name))
    return `${room.path} may only import the packages ${room.packages.join(', ')}, not ${name}.`;
  const owner = owners.find(({ packages }) => packages.includes(name));
  if (!owner || owner.paths.some((path) => isWithin(file, path))) return null;
  return `Only ${owner.paths.join(', ')} may import ${name}.`;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
