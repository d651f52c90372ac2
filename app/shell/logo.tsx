/** A gate that lets a measured stream through. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden className={className}>
      <rect width="20" height="20" rx="5" className="fill-accent" />
      <path d="M5.5 4.5v11M14.5 4.5v11" stroke="#fff" strokeWidth="1.6" strokeLinecap="round" />
      <path d="M5.5 6.5h9v3.2h-9z" fill="#fff" />
      <path d="M8 12.4c1.3 0 1.3 1 2.6 1s1.2-1 2-1" stroke="#fff" strokeWidth="1.4" strokeLinecap="round" fill="none" />
    </svg>
  );
}
