using NeuralEdge.Board.Control;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace NeuralEdge.Firmware
{
    /// <summary>The managed heap. Nothing moves in it: a collection without compaction, so that a measurement takes little time.</summary>
    internal sealed class HeapGauge : IBoardMemory
    {
        public int MeasureFree()
        {
            return (int)NativeGC.Run(false);
        }
    }
}
