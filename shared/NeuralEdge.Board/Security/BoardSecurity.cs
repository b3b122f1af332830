using System;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Board.Security
{
    /// <summary>What protects a board: its keys, and what they are asked for.</summary>
    public sealed class BoardSecurity
    {
        /// <summary>The protection of a board; <see cref="Start"/> before anything else.</summary>
        /// <param name="files">The board's flash.</param>
        /// <param name="authentication">HMAC-SHA256; null for a board that cannot be keyed.</param>
        public BoardSecurity(IFileStore files, IMessageAuthentication authentication)
        {
            Keys = new BoardKeys(files, authentication);
            Requests = new RequestGuard(Keys);
            Models = new ModelGuard(Keys);
        }

        /// <summary>The keys.</summary>
        public BoardKeys Keys { get; }

        /// <summary>What looks at requests.</summary>
        public RequestGuard Requests { get; }

        /// <summary>What looks at models.</summary>
        public ModelGuard Models { get; }

        /// <summary>Reads the keys.</summary>
        public void Start()
        {
            Keys.Start();
            Requests.Start();
        }

        /// <summary>Carries out PROVISION: on an open board for anybody, on a keyed one if its tag was right.</summary>
        /// <param name="data">Where its data is.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Bytes of it.</param>
        /// <returns>Ok, UnknownRequest, BadRequest, StorageFailed or StorageUnknown.</returns>
        internal RequestStatus Provision(byte[] data, int at, int length)
        {
            if (!Keys.CanBeKeyed)
            {
                return RequestStatus.UnknownRequest;
            }

            if (Keys.IsKeyed && length == KeyedMessages.ProvisionLength)
            {
                Keys.Uncover(Requests.Nonce, data, at + 1);
            }

            // The tag has spent the nonce and ended the count of wrong ones: nothing is left of the keys before.
            RequestStatus status = Keys.Provision(data, at, length);
            Array.Clear(data, at, length);
            return status;
        }
    }
}
