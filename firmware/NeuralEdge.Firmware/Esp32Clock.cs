using System.Threading;
using nanoFramework.Hardware.Esp32;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>The microsecond timer of the ESP32, and the scheduler's sleep. Each thread has one of its own.</summary>
    internal sealed class Esp32Clock : IBoardClock
    {
        private long _microseconds;

        public long Microseconds
        {
            get
            {
                // Through a field, because a native result stays unsigned on the interpreter's stack whatever C# says: the shift of
                // a negative difference would be a huge number.
                _microseconds = (long)HighResTimer.GetCurrent();
                return _microseconds;
            }
        }

        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
