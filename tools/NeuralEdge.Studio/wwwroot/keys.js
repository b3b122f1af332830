// The keys 1 to 9, held down: each press and each end of one is told to the page. Who goes to another window lets go.
export function listen(host) {
    const held = new Set();
    const isTyping = target => target instanceof Element && target.closest('input:not([type=range]):not([type=checkbox]), textarea, select') !== null;
    const letGo = () => { held.forEach(key => host.invokeMethodAsync('KeyUp', key)); held.clear(); };
    const down = e => {
        if (e.key >= '1' && e.key <= '9' && !e.repeat && !e.ctrlKey && !e.altKey && !e.metaKey && !isTyping(e.target)) {
            e.preventDefault();
            held.add(Number(e.key));
            host.invokeMethodAsync('KeyDown', Number(e.key));
        }
    };
    const up = e => {
        const key = Number(e.key);
        if (held.delete(key)) {
            host.invokeMethodAsync('KeyUp', key);
        }
    };
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', letGo);
    document.addEventListener('visibilitychange', letGo);
    return {
        dispose: () => {
            document.removeEventListener('keydown', down);
            document.removeEventListener('keyup', up);
            window.removeEventListener('blur', letGo);
            document.removeEventListener('visibilitychange', letGo);
        },
    };
}
