namespace NeuralEdge.Host;

/// <summary>How long the host waits and how often it asks again: the rules of PROTOCOL.md, section 6.</summary>
public sealed record LinkTimes
{
    /// <summary>What time is told by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Time for the answer to a request that is carried out at once.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time for the answer to a request that erases flash or runs a model.</summary>
    public TimeSpan FlashAnswer { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time for the answer to HELLO.</summary>
    public TimeSpan HelloAnswer { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request is sent before the session counts as lost.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>How often HELLO is sent before the board counts as silent.</summary>
    public int HelloTries { get; init; } = 5;

    /// <summary>How often an upload begins again after the session was lost, without a byte of progress between.</summary>
    public int Sessions { get; init; } = 3;

    /// <summary>How long the board may go on working on one request.</summary>
    public TimeSpan Work { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause before a busy board is asked again.</summary>
    public TimeSpan BusyPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a board may take to come back after RESET.</summary>
    public TimeSpan Restart { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Silence after which a subscription is renewed.</summary>
    public TimeSpan LiveRenewal { get; init; } = TimeSpan.FromSeconds(10);
}
