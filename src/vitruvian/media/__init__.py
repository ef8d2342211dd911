"""Images, videos, cameras and streams: reading and writing them."""
