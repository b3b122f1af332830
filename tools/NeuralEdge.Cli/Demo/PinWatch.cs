namespace NeuralEdge.Cli.Demo;

/// <summary>What one output's pin has done so far.</summary>
/// <param name="name">What it drives.</param>
/// <param name="output">The output it follows.</param>
internal sealed class PinWatch(string name, int output)
{
    private bool _seen;
    private bool _wentOn;
    private bool _wentOff;

    internal string Name { get; } = name;

    internal int Output { get; } = output;

    internal bool IsOn { get; private set; }

    internal bool HasSwitchedBothWays => _wentOn && _wentOff;

    /// <summary>Takes the pin's state; true when it has switched.</summary>
    internal bool Sees(bool on)
    {
        bool switched = _seen ? on != IsOn : on;
        _wentOff |= switched && !on;
        _wentOn |= switched && on;
        _seen = true;
        IsOn = on;
        return switched;
    }
}
