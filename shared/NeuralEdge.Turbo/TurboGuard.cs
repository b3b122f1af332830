using System;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Remembers in flash that newly loaded code is on trial, because no exception tells of a start that a reset ended. A board
    /// that has begun several starts in vain compiles nothing, until it runs another model.
    /// </summary>
    public sealed class TurboGuard
    {
        /// <summary>
        /// As many starts may end while code is on trial. More than one, since somebody may just have pulled the plug.
        /// </summary>
        public const int MaxStarts = 3;

        /// <summary>As many periods that ended well on compiled code make it trusted.</summary>
        public const int TrialPeriods = 20;

        // A byte for each start.
        private const string FileName = "turbo";

        private readonly IFileStore _files;
        private readonly byte[] _mark = new byte[1];
        private bool _isOpen;
        private bool _isDue;
        private int _periods;

        /// <summary>Makes a guard that has not looked into the flash yet.</summary>
        /// <param name="files">The flash.</param>
        public TurboGuard(IFileStore files)
        {
            _files = files;
        }

        /// <summary>True when <see cref="Remove"/> is to be called as soon as there is time for it.</summary>
        public bool IsDue
        {
            get { return _isDue; }
        }

        /// <summary>Whether code may be loaded. No when the flash cannot be read.</summary>
        /// <returns>False after <see cref="MaxStarts"/> starts that ended too soon.</returns>
        public bool Allows()
        {
            try
            {
                return _isOpen || _files.GetLength(FileName) < MaxStarts;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Code is about to be loaded: writes it down, once for each start.</summary>
        /// <exception cref="Exception">It could not be written, so nothing may be loaded.</exception>
        public void Open()
        {
            if (!_isOpen)
            {
                _files.Append(FileName, _mark, 0, 1);
                _isOpen = true;
            }

            _isDue = false;
            _periods = 0;
        }

        /// <summary>A period has ended well on compiled code.</summary>
        public void Tick()
        {
            if (_isOpen && !_isDue)
            {
                _periods++;
                _isDue = _periods >= TrialPeriods;
            }
        }

        /// <summary>The code on trial has been given up, and the board is alive: there is nothing to remember.</summary>
        public void Close()
        {
            _isDue = _isOpen;
        }

        /// <summary>Removes what was written down.</summary>
        public void Remove()
        {
            _isDue = false;
            _isOpen = false;
            try
            {
                _files.Delete(FileName);
            }
            catch (Exception)
            {
                // It stays written down; the board stops compiling sooner than it has to.
            }
        }

        /// <summary>Another model has been taken into use: earlier starts say nothing of it, this one goes on.</summary>
        public void Forgive()
        {
            try
            {
                if (_isOpen)
                {
                    _files.Write(FileName, _mark, 0, 1);
                }
                else if (_files.GetLength(FileName) > 0)
                {
                    _files.Delete(FileName);
                }
            }
            catch (Exception)
            {
                // As above.
            }
        }

        /// <summary>Somebody wants the board to start again: nothing is wrong with this start.</summary>
        public void EndStart()
        {
            if (_isOpen)
            {
                Remove();
            }
        }
    }
}
