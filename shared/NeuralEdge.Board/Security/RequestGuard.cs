using System;

namespace NeuralEdge.Board.Security
{
    /// <summary>
    /// Tells requests of somebody who has the key from others: each is signed over a nonce that is good for one, and after wrong
    /// tags there is a pause, which the next start does not shorten.
    /// </summary>
    public sealed class RequestGuard
    {
        /// <summary>Pause after the first wrong tag in milliseconds; each further one in a row doubles it.</summary>
        public const int FirstPauseMs = 1000;

        /// <summary>
        /// Longest pause in milliseconds: anybody on the line can send wrong tags and so keep the owner waiting, and no pause makes a key
        /// of 256 bits harder to guess.
        /// </summary>
        public const int LongestPauseMs = 8000;

        /// <summary>Wrong tags in a row that are counted; after as many, flash is not written for another.</summary>
        public const int MostFailures = 10;

        /// <summary>How long a nonce is good, in milliseconds: for as long somebody can hold a signed request back and then let it through.</summary>
        public const int NonceMs = 60000;

        /// <summary>Time left of the pause of a board whose keys are lost.</summary>
        public const int ForEver = -1;

        /// <summary>Time left of the pause of a keyed board whose firmware has no HMAC-SHA256.</summary>
        public const int UntilOtherFirmware = -2;

        private readonly BoardKeys _keys;
        private readonly byte[] _nonce = new byte[KeyedMessages.NonceLength];
        private bool _hasNonce;
        private long _nonceEnds;
        private uint _nonces;
        private int _failures;
        private long _lockedUntil;

        internal RequestGuard(BoardKeys keys)
        {
            _keys = keys;
        }

        /// <summary>Milliseconds left of the pause, when a request was answered Locked.</summary>
        public int LockedMs { get; private set; }

        /// <summary>The nonce of the last CHALLENGE.</summary>
        internal byte[] Nonce
        {
            get { return _nonce; }
        }

        /// <summary>The pause after a number of wrong tags.</summary>
        /// <param name="failures">How many in a row.</param>
        /// <returns>Milliseconds.</returns>
        public static int GetPause(int failures)
        {
            int pause = failures == 0 ? 0 : FirstPauseMs;
            for (int i = 1; i < failures && pause < LongestPauseMs; i++)
            {
                pause *= 2;
            }

            return pause < LongestPauseMs ? pause : LongestPauseMs;
        }

        /// <summary>A pause that the last start interrupted begins anew.</summary>
        internal void Start()
        {
            _failures = _keys.Failures;
            _lockedUntil = GetPause(_failures);
        }

        /// <summary>A request of a board that is nobody's was refused.</summary>
        internal void LockForEver()
        {
            LockedMs = _keys.Mode == SecurityMode.Lost ? ForEver : UntilOtherFirmware;
        }

        /// <summary>Makes a nonce, and forgets the one before.</summary>
        /// <param name="uptimeMs">Milliseconds since the start.</param>
        /// <returns>Ok, Locked, or StorageFailed or StorageUnknown: then it could not be made sure that it is new.</returns>
        internal RequestStatus Challenge(long uptimeMs)
        {
            if (IsLocked(uptimeMs))
            {
                return RequestStatus.Locked;
            }

            _hasNonce = false;
            if (_nonces == 0)
            {
                RequestStatus status = _keys.CountStart();
                if (status != RequestStatus.Ok)
                {
                    return status;
                }
            }

            _nonces++;
            Array.Copy(_keys.Nonce(_nonces), 0, _nonce, 0, _nonce.Length);
            _hasNonce = true;
            _nonceEnds = uptimeMs + NonceMs;
            return RequestStatus.Ok;
        }

        /// <summary>Looks at the tag of a request. The nonce is spent, whatever it is.</summary>
        /// <param name="uptimeMs">Milliseconds since the start.</param>
        /// <param name="session">Session of the frame.</param>
        /// <param name="sequence">Sequence of the frame.</param>
        /// <param name="data">Where the request inside is: its type, its data, and the tag.</param>
        /// <param name="at">Index of the type.</param>
        /// <param name="count">Bytes of all three.</param>
        /// <param name="replaces">True when the request must be signed with the replacement key instead of the one to use.</param>
        /// <returns>Ok, NotAuthorised or Locked.</returns>
        internal RequestStatus Check(long uptimeMs, int session, int sequence, byte[] data, int at, int count, bool replaces)
        {
            if (IsLocked(uptimeMs))
            {
                return RequestStatus.Locked;
            }

            // Without a nonce there is nothing to guess at, and nothing that a pause would slow down.
            if (!_hasNonce || uptimeMs > _nonceEnds)
            {
                return RequestStatus.NotAuthorised;
            }

            _hasNonce = false;
            int inner = count - KeyedMessages.TagLength;
            if (inner <= 0 || !IsSigned(replaces ? _keys.Replacement : _keys.Key, session, sequence, data, at, inner))
            {
                Fail(uptimeMs);
                return RequestStatus.NotAuthorised;
            }

            if (_failures != 0)
            {
                _failures = 0;
                _keys.KeepFailures(0);
            }

            return RequestStatus.Ok;
        }

        private bool IsSigned(byte[] key, int session, int sequence, byte[] data, int at, int count)
        {
            byte[] message = KeyedMessages.OfRequest(_nonce, session, sequence, data, at, count);
            return ConstantTime.AreEqual(_keys.Compute(key, message), 0, data, at + count, KeyedMessages.TagLength);
        }

        private void Fail(long uptimeMs)
        {
            if (_failures < MostFailures)
            {
                _failures++;
                _keys.KeepFailures(_failures);
            }

            _lockedUntil = uptimeMs + GetPause(_failures);
        }

        private bool IsLocked(long uptimeMs)
        {
            if (_keys.IsNobodys)
            {
                LockForEver();
                return true;
            }

            LockedMs = uptimeMs < _lockedUntil ? (int)(_lockedUntil - uptimeMs) : 0;
            return LockedMs != 0;
        }
    }
}
