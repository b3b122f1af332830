using System;
using NeuralEdge.Storage;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Remembers in flash that new code is at work, because no exception tells of a start that a reset ended. A board that
    /// has begun several starts in vain keeps to its rows, until it is sent another model.
    /// </summary>
    public sealed class TurboGuard
    {
        /// <summary>
        /// As many starts may end while new code is at work. More than one, since somebody may just have pulled the plug.
        /// </summary>
        public const int MaxStarts = 3;

        /// <summary>After as many periods code is trusted.</summary>
        public const int TrialPeriods = 50;

        // A byte for each start.
        private const string FileName = "turbo";

        private readonly IFileStore _files;
        private readonly byte[] _mark = new byte[1];
        private bool _isOpen;
        private int _periods;

        /// <summary>Makes a guard that has not looked into the flash yet.</summary>
        /// <param name="files">The flash.</param>
        public TurboGuard(IFileStore files)
        {
            _files = files;
        }

        /// <summary>Whether code may be loaded. No when the flash cannot be read.</summary>
        /// <returns>False after <see cref="MaxStarts"/> starts that ended too soon.</returns>
        public bool Allows()
        {
            if (_isOpen)
            {
                return true;
            }

            try
            {
                return _files.GetLength(FileName) < MaxStarts;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>New code is about to be loaded.</summary>
        /// <exception cref="Exception">It could not be written down, so nothing may be loaded.</exception>
        public void Open()
        {
            if (!_isOpen)
            {
                _files.Append(FileName, _mark, 0, 1);
                _isOpen = true;
            }

            _periods = 0;
        }

        /// <summary>A period has passed.</summary>
        public void Tick()
        {
            if (_isOpen)
            {
                _periods++;
                if (_periods >= TrialPeriods)
                {
                    _isOpen = false;
                    Forget();
                }
            }
        }

        /// <summary>A new model arrives: what was wrong with another one need not be wrong with it.</summary>
        public void Forgive()
        {
            if (!Allows())
            {
                Forget();
            }
        }

        private void Forget()
        {
            try
            {
                _files.Delete(FileName);
            }
            catch (Exception)
            {
                // It stays written down; the board keeps to its rows sooner than it has to.
            }
        }
    }
}
