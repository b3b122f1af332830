using System;
using NeuralEdge.Board.Control;

namespace NeuralEdge.DeviceTests
{
    /// <summary>All of a board's hardware as fields: a clock that moves when somebody sleeps, one ADC value, pin levels.</summary>
    internal sealed class Bench : IBoardClock, IAnalogInputs, IOutputPins, IBoardReset
    {
        internal long Now;
        internal int Count;
        internal bool AdcFails;
        internal int Resets;
        internal int[] Levels = new int[64];

        public long Microseconds
        {
            get { return Now; }
        }

        public void Sleep(int milliseconds)
        {
            Now += milliseconds == 0 ? 100 : milliseconds * 1000;
        }

        public int ReadSum(int channel, int conversions, int lowest, int highest)
        {
            if (AdcFails)
            {
                throw new Exception();
            }

            return Count < lowest || Count > highest ? AnalogSampler.Implausible : Count * conversions;
        }

        public void Write(int pin, bool high)
        {
            Levels[pin] = high ? 1 : -1;
        }

        public void Reset()
        {
            Resets++;
        }
    }
}
