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
            // Checked, because only a conversion makes a native result signed: without one the interpreter keeps it unsigned
            // whatever C# says, and the shift of a negative difference is then a huge number.
            get { return checked((long)HighResTimer.GetCurrent()); }
        }

        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
