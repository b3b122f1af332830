namespace NeuralEdge.Tests;

/// <summary>
/// Claims that code allocates nothing. The runtime itself allocates a little while it compiles a method anew, at a time of its own;
/// what the code allocates it allocates each time. So one of a few rounds without a byte is enough.
/// </summary>
internal static class Allocations
{
    /// <summary>How often <see cref="AssertNone"/> does it at most.</summary>
    internal const int Rounds = 4;

    /// <summary>Fails when each round allocates.</summary>
    /// <param name="round">What must allocate nothing; it gets the number of the round.</param>
    /// <param name="message">Names it.</param>
    /// <returns>Rounds that were done, 1..<see cref="Rounds"/>.</returns>
    internal static int AssertNone(Action<int> round, string message = "")
    {
        long least = long.MaxValue;
        int done = 0;
        while (least > 0 && done < Rounds)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round(done);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            done++;
        }

        Assert.AreEqual(0, least, message);
        return done;
    }
}
