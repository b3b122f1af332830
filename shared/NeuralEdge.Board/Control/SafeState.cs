using System;

namespace NeuralEdge.Board.Control
{
    /// <summary>The way to safe outputs, for the loop's thread: what was wrong is recorded once, and nothing keeps a pin on.</summary>
    internal sealed class SafeState
    {
        private readonly BoardParts _parts;
        private bool _isOn;

        internal SafeState(BoardParts parts)
        {
            _parts = parts;
        }

        /// <summary>What went wrong since the start.</summary>
        internal FaultLog Faults { get; } = new FaultLog();

        /// <summary>Records a fault and drives the outputs safe.</summary>
        /// <param name="code">What failed.</param>
        /// <param name="detail">More about it.</param>
        /// <param name="running">What is at work, or null.</param>
        internal void Enter(FaultCode code, int detail, RunningModel running)
        {
            // A sensor fault is met again in every period; it is one fault until an inference succeeds.
            if (!_isOn || !Faults.IsLast(code, detail))
            {
                Faults.Add(code, detail);
            }

            _isOn = true;
            Drive(running);
        }

        /// <summary>An inference has reached the pins: the same fault is another one from here on.</summary>
        internal void Leave()
        {
            _isOn = false;
        }

        /// <summary>Drives the outputs safe.</summary>
        /// <param name="running">What is at work and has its rules know of it, or null.</param>
        internal void Drive(RunningModel running)
        {
            try
            {
                if (running != null)
                {
                    running.Rules.Release(_parts.Clock.Microseconds);
                }

                _parts.Outputs.DriveSafe();
            }
            catch (Exception e)
            {
                // Outputs that cannot be driven safe, or rules that may drive them again, leave one thing to try.
                Restart(e);
            }
        }

        /// <summary>Outputs safe for good, then a restart.</summary>
        internal void Restart()
        {
            Restart(null);
        }

        private void Restart(Exception error)
        {
            try
            {
                _parts.Outputs.Latch();
            }
            finally
            {
                try
                {
                    if (error != null)
                    {
                        _parts.Note("driving the outputs safe", error);
                    }
                }
                finally
                {
                    _parts.Reset.Reset();
                }
            }
        }
    }
}
