// Thresholds on a picture, side by side or above each other: dragged by a finger or a mouse, or moved by the arrow keys when one has the focus.
const steps = { ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 };

export function listen(box, host, upright) {
    const side = upright ? 'bottom' : 'left';
    let held = null, wanted = null, telling = false;

    const shareOf = e => {
        const place = box.getBoundingClientRect();
        return Math.min(1, Math.max(0, upright ? (place.bottom - e.clientY) / place.height : (e.clientX - place.left) / place.width));
    };
    // One call at a time, always with where the handle is by then.
    const tell = async () => {
        if (telling) {
            return;
        }
        telling = true;
        try {
            while (wanted !== null) {
                const [which, share] = wanted;
                wanted = null;
                await host.invokeMethodAsync('Dragged', which, share);
            }
        } finally {
            telling = false;
        }
    };
    const move = e => {
        if (held !== null) {
            const share = shareOf(e);
            held.style[side] = `${100 * share}%`;
            wanted = [held.dataset.which, share];
            tell();
        }
    };
    const down = e => {
        const off = handle => Math.abs(parseFloat(handle.style[side]) / 100 - shareOf(e));
        held = e.target.closest('[role=slider]') ?? [...box.querySelectorAll('[role=slider]')].sort((a, b) => off(a) - off(b))[0];
        held.focus();
        box.setPointerCapture(e.pointerId);
        e.preventDefault();
        move(e);
    };
    const up = () => held = null;
    const key = e => {
        const step = steps[e.key];
        const handle = e.target.closest('[role=slider]');
        if (step !== undefined && handle !== null && !e.ctrlKey && !e.altKey && !e.metaKey) {
            e.preventDefault();
            host.invokeMethodAsync('Stepped', handle.dataset.which, step);
        }
    };

    const all = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, keydown: key };
    Object.entries(all).forEach(([name, action]) => box.addEventListener(name, action));
    return { dispose: () => Object.entries(all).forEach(([name, action]) => box.removeEventListener(name, action)) };
}
