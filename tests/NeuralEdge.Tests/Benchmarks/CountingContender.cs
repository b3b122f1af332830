using NeuralEdge.Benchmarks;

namespace NeuralEdge.Tests.Benchmarks;

/// <summary>A contender that takes a microsecond for an inference and remembers how long its last run lasted.</summary>
internal sealed class CountingContender : Contender
{
    public override string Name => "counting";

    public override int HeapBytes => 0;

    /// <summary>Duration of the last run in ticks of 100 ns.</summary>
    public long LastTicks { get; private set; }

    public override bool Prepare(int[] shape) => true;

    public override void Run(int count)
    {
        long start = DateTime.UtcNow.Ticks;
        while (DateTime.UtcNow.Ticks - start < 10L * count)
        {
        }

        LastTicks = DateTime.UtcNow.Ticks - start;
    }
}
