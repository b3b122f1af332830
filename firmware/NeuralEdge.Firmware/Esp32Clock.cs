using System.Threading;
using nanoFramework.Hardware.Esp32;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>The microsecond timer of the ESP32, and the scheduler's sleep.</summary>
    internal sealed class Esp32Clock : IBoardClock
    {
        public long Microseconds
        {
            get { return (long)HighResTimer.GetCurrent(); }
        }

        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
