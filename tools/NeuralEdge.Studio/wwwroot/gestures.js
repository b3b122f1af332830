// A finger or a mouse on a plot: a stretch is chosen by dragging over a curve at rest, a paused one is pushed along, Ctrl and wheel zoom.
export function listen(canvas, plot) {
    let from = null;

    const timeOf = e => {
        const g = plot.geometry;
        const at = (e.clientX - canvas.getBoundingClientRect().left - g.left) / (g.wide - g.left);
        return g.from + Math.min(1, Math.max(0, at)) * (g.to - g.from);
    };
    const down = e => {
        if (plot.geometry && plot.count > 0 && (plot.options.selects || plot.paused)) {
            canvas.setPointerCapture(e.pointerId);
            from = plot.options.selects ? timeOf(e) : e.clientX;
        }
    };
    const move = e => {
        if (from === null) {
            return;
        }
        if (plot.options.selects) {
            const now = timeOf(e);
            plot.select(Math.min(from, now), Math.max(from, now));
        } else {
            const g = plot.geometry;
            plot.shift(-(e.clientX - from) * (g.to - g.from) / (g.wide - g.left));
            from = e.clientX;
        }
    };
    const up = () => {
        if (from !== null && plot.options.selects) {
            const [a, b] = plot.selection ?? [0, 0];
            plot.host.invokeMethodAsync('Chosen', a, b);
        }
        from = null;
    };
    const cancel = () => from = null;
    const wheel = e => {
        // Without a key the page scrolls, as everywhere.
        if (e.ctrlKey || e.shiftKey) {
            e.preventDefault();
            plot.zoom(e.deltaY > 0 ? 1.25 : 0.8, plot.options.scrolls ? undefined : timeOf(e));
        }
    };

    const all = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel, wheel };
    Object.entries(all).forEach(([name, action]) => canvas.addEventListener(name, action, { passive: false }));
    return () => Object.entries(all).forEach(([name, action]) => canvas.removeEventListener(name, action));
}
